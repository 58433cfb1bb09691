using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Operations;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse doctor</c>: what is in the way of a workspace's work, and what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly AnswerColumn[] Columns = [new("check", "VARCHAR"), new("state", "VARCHAR"), new("found", "VARCHAR"), new("advice", "VARCHAR", "what to do")];

    public static Command Create(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("doctor", "Look the workspace over: definitions, database, disk, rights, clock and jobs. Exit code 3 where something fails.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var findings = await ExamineAsync(() => CommonOptions.Open(parsed, workspace), time, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(0, null, "doctor", Columns, [.. findings.Select(finding => new object?[] { finding.Check, finding.State, finding.Found, finding.Advice })]), stop);
            return findings.Any(finding => finding.State == Finding.Failed) ? ExitCode.DoneWithReserve : ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(Func<Workspace> open, TimeProvider time, CancellationToken stop)
    {
        try
        {
            var place = open();
            return [Finding.Ok("workspace", $"{place.Definition.Name}."), .. await new Doctor(place, time).ExamineAsync(stop)];
        }
        catch (DefinitionException fault)
        {
            return [Finding.Fail("workspace", fault.Message.ReplaceLineEndings(" "), "Mend it at its place: nothing works until then.")];
        }
    }
}
