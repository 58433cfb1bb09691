using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Rfm;

/// <summary>How the customers of a population are scored: SQL with <see cref="Sql"/> before it and these values asks <c>rfm_scored</c>.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Edges">The edges between the scores.</param>
internal sealed record RfmScoring(RfmOptions Options, ScoreEdges Edges)
{
    public static string Sql => SqlFile.Read(typeof(RfmScoring), "Rfm/rfm_scored.sql");

    public (string Name, object? Value)[] Values =>
    [
        ("as_of", Options.Population.AsOf.Date),
        ("purchased_after", Edges.PurchasedAfter(Options.Population.AsOf.Date)),
        ("frequency", Edges.Frequency.ToArray()),
        ("monetary", Edges.Monetary.ToArray()),
        ("segments", Options.SegmentsUsed?.Names ?? []),
        ("bins", Options.Bins),
    ];

    /// <summary>Finds the edges among the customers whose sales were gathered.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<RfmScoring> FindAsync(CustomerSales sales, RfmOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        if (options.Population != sales.Options)
        {
            throw new ArgumentException("The sales were gathered for another population than the options ask for.", nameof(options));
        }

        return new RfmScoring(options, await ScoreEdges.FindAsync(sales.Connection, options, cancellationToken));
    }
}
