using System.CommandLine;
using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary>The options that say whose sales an analysis looks at: <c>--as-of</c>, <c>--window</c>, <c>--measure</c>, <c>--returns</c>.</summary>
internal sealed class PopulationArguments
{
    private readonly Option<string?> _asOf = CommonOptions.AsOf();

    private readonly Option<string> _window = new("--window")
    {
        Description = "How far back sales count: all, a first date, or a length such as 90d, 12m, 2y.",
        DefaultValueFactory = _ => "all",
    };

    private readonly Option<string> _measure = new("--measure")
    {
        Description = "What value is: revenue or margin.",
        DefaultValueFactory = _ => "revenue",
    };

    private readonly Option<string> _returns = new("--returns")
    {
        Description = "Whether returned lines lower the value: in or out.",
        DefaultValueFactory = _ => "in",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _measure.AcceptOnlyFromAmong("revenue", "margin");
        _returns.AcceptOnlyFromAmong("in", "out");
        command.Add(_asOf);
        command.Add(_window);
        command.Add(_measure);
        command.Add(_returns);
    }

    /// <summary>Reads what was given. Without a date the answer holds for that of the last sale, with all that is known now.</summary>
    /// <exception cref="WrongCommandException">Something makes no sense.</exception>
    public async Task<PopulationOptions> ReadAsync(
        ParseResult parsed, DbConnection connection, Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        var zone = workspace.Definition.TimeZone;
        var asOf = CommonOptions.Date(parsed, _asOf) is { } date
            ? AsOf.EndOf(date, zone)
            : await AsOf.LatestAsync(connection, zone, time, stop);
        return new PopulationOptions(asOf)
        {
            Window = Window.Parse(parsed.GetValue(_window)!),
            Measure = parsed.GetValue(_measure) == "margin" ? ValueMeasure.Margin : ValueMeasure.Revenue,
            Returns = parsed.GetValue(_returns) == "in" ? Counting.Counted : Counting.LeftOut,
        };
    }
}
