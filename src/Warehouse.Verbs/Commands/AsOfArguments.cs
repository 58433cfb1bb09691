using System.CommandLine;
using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The date that an answer holds for, and what was known of it: <c>--as-of</c>, <c>--hindsight</c>.</summary>
internal sealed class AsOfArguments
{
    private readonly Option<string?> _asOf = CommonOptions.AsOf();

    private readonly Option<bool> _hindsight = new("--hindsight")
    {
        Description = "Use all that is known now of what had happened by the date, not only what was recorded by it.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_asOf);
        command.Add(_hindsight);
    }

    /// <summary>What was given. Without a date it is that of the last sale, with all that is known now.</summary>
    public async Task<AsOf> ReadAsync(
        ParseResult parsed, DbConnection connection, Workspace workspace, TimeProvider time, CancellationToken stop) =>
        CommonOptions.Date(parsed, _asOf) is { } date
            ? Of(parsed, date, workspace)
            : await AsOf.LatestAsync(connection, workspace.Definition.TimeZone, time, stop);

    /// <summary>A date, with hindsight where it was asked for.</summary>
    public AsOf Of(ParseResult parsed, DateOnly date, Workspace workspace) => parsed.GetValue(_hindsight)
        ? AsOf.EndOfWithHindsight(date, workspace.Definition.TimeZone)
        : AsOf.EndOf(date, workspace.Definition.TimeZone);
}
