using System.Data.Common;
using System.Runtime.CompilerServices;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Rfm;

/// <summary>
/// The scores of every customer of a population. SQL on the same connection finds them as <c>temp.rfm_score</c>
/// (customer_key, recency_days, frequency, monetary, revenue, recency_score, frequency_score, monetary_score, segment)
/// until this is disposed of, and can store them from there.
/// </summary>
public sealed class RfmScores : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly RfmOptions _options;
    private readonly ScoreEdges _edges;

    private RfmScores(DbConnection connection, RfmOptions options, ScoreEdges edges, RfmResult result) =>
        (_connection, _options, _edges, Result) = (connection, options, edges, result);

    /// <summary>What they add up to.</summary>
    public RfmResult Result { get; }

    /// <summary>Scores the customers whose sales were gathered.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<RfmScores> ComputeAsync(CustomerSales sales, RfmOptions options, CancellationToken cancellationToken)
    {
        var scoring = await RfmScoring.FindAsync(sales, options, cancellationToken);
        await sales.Connection.ExecuteAsync($"{RfmScoring.Sql};\n\n{Sql("rfm_score")}", cancellationToken, scoring.Values);
        var cells = await sales.Connection.RowsAsync(Sql("rfm_cell"), ScoredCell.Read, cancellationToken);
        return new RfmScores(sales.Connection, options, scoring.Edges, new RfmReport(sales, options, scoring.Edges, cells).ToResult());
    }

    /// <summary>Every customer of the population with his scores and what the next ones take, in the order of the keys.</summary>
    public async IAsyncEnumerable<RfmCustomer> CustomersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = _connection.Command(Sql("rfm_customer"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Read(reader);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.rfm_score", CancellationToken.None);

    private RfmCustomer Read(DbDataReader row)
    {
        var (days, orders, value) = (row.GetInt32(2), row.GetInt64(3), row.GetDecimal(4));
        var (recency, frequency, monetary) = (row.GetInt32(6), row.GetInt32(7), row.GetInt32(8));
        return new RfmCustomer(
            row.GetInt32(0),
            row.GetString(1),
            days,
            orders,
            value,
            row.GetDecimal(5),
            recency,
            frequency,
            monetary,
            _options.Weights.Combine(recency, frequency, monetary),
            row.TextOrNull(9),
            _edges.NextRecency(days),
            _edges.NextFrequency(orders),
            _edges.NextMonetary(value));
    }

    private static string Sql(string name) => SqlFile.Read(typeof(RfmScores), $"Rfm/{name}.sql");
}
