using System.Globalization;

namespace Warehouse.Service.Api;

/// <summary>What is told beside an answer: kept for its end, and told to one who follows the work, line by line, as it is written.</summary>
internal sealed class FollowedNotes(IProgress<string>? follower) : StringWriter(CultureInfo.InvariantCulture)
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        follower?.Report(value ?? "");
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
