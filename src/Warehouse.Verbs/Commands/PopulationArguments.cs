using System.CommandLine;
using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that say whose sales an analysis looks at: <c>--as-of</c>, <c>--hindsight</c>, <c>--window</c>, <c>--measure</c>, <c>--returns</c>.</summary>
/// <param name="canExpect">Whether value can be what is expected of a customer.</param>
internal sealed class PopulationArguments(bool canExpect = false)
{
    private readonly AsOfArguments _date = new();

    private readonly Option<string> _window = new("--window")
    {
        Description = "How far back sales count: all, a first date, or a length such as 90d, 12m, 2y.",
        DefaultValueFactory = _ => "all",
    };

    private readonly Option<string> _measure = new("--measure")
    {
        Description = canExpect ? "What value is: revenue, margin, or what the lifetime models expect." : "What value is: revenue or margin.",
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
        _measure.AcceptOnlyFromAmong(canExpect ? ["revenue", "margin", "expected"] : ["revenue", "margin"]);
        _returns.AcceptOnlyFromAmong("in", "out");
        _date.AddTo(command);
        command.Add(_window);
        command.Add(_measure);
        command.Add(_returns);
    }

    /// <summary>Reads what was given. Without a date the answer holds for that of the last sale, with all that is known now.</summary>
    /// <exception cref="WrongCommandException">Something makes no sense.</exception>
    public async Task<PopulationOptions> ReadAsync(
        ParseResult parsed, DbConnection connection, Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        return new PopulationOptions(await _date.ReadAsync(parsed, connection, workspace, time, stop))
        {
            Window = Window.Parse(parsed.GetValue(_window)!),
            Measure = Enum.Parse<ValueMeasure>(parsed.GetValue(_measure)!, ignoreCase: true),
            Returns = parsed.GetValue(_returns) == "in" ? Counting.Counted : Counting.LeftOut,
        };
    }
}
