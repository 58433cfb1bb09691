using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console;
using Warehouse.Store;
using Warehouse.Testing;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Tests.Verbs;

/// <summary>Whatever a workspace holds, every question about customers is answered in numbers or in clear words.</summary>
public sealed partial class HostileWorkspaceTests
{
    private static readonly string[] Questions =
    [
        "rfm",
        "rfm --window 90d --measure margin --returns out",
        "rfm --customers",
        "rfm --recency-edges 90,60,30,10 --frequency-edges 1,2,3,4 --monetary-edges 1,2,3,4",
        "rfm --of Champions",
        "tiers",
        "tiers --by customers --zero-spenders in --measure margin",
        "tiers --since 2024-01-31 --window 60d",
        "tiers --measure expected",
        "tiers --of A",
        "lifetime",
        "lifetime --model pareto-nbd --customers",
        "lifetime --horizon 1 --holdout 1",
        "lifecycle",
        "lifecycle --since 2024-01-31",
        "lifecycle --customers",
        "cohorts",
        "cohorts --period week --show value",
        "cohorts --period quarter --show repeat",
        "cohorts --period year --show margin",
        "cohorts --by country",
        "baskets",
        "baskets --sets --by category",
        "baskets --due 30",
        "baskets --evaluate 30",
        "forecast sales --measure net_sales",
        "forecast sales --measure net_sales --by date.day --horizon 3",
        "contacts",
        "contacts --by tier",
        "contacts --queue",
        "contacts --recovery",
        "snapshot --lifetime no",
    ];

    private static readonly string[] Origin = ["generation", "asOf", "definition", "words"];

    private static readonly string[] Dates = ["", "1999-12-31", "2024-03-31", "2024-10-26"];

    private static bool IsLong => Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1";

    public static TheoryData<string> Workspaces => [.. HostileWorkspace.Names];

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task EveryQuestion_IsAnsweredInNumbersOrInClearWords(string name)
    {
        await using var warehouse = await HostileWorkspace.MakeAsync(name);
        var ids = await warehouse.RowsAsync("SELECT DISTINCT customer_id FROM star.dim_customer WHERE customer_key <> -1 ORDER BY 1 LIMIT 2");
        await warehouse.Database.DisposeAsync();
        await using var running = await RunningDatabase.StartAsync(warehouse.Workspace, TimeProvider.System, default);
        var faults = new List<string>();
        var formats = new[] { "json", "html", "table" };
        var turn = HostileWorkspace.Names.TakeWhile(each => each != name).Count();
        foreach (var question in Questions)
        {
            // One date and one format of each question for each workspace; over all workspaces a question meets all of them.
            foreach (var date in IsLong ? Dates : [Dates[turn % Dates.Length]])
            {
                var format = question.StartsWith("snapshot", StringComparison.Ordinal) ? "csv" : formats[turn / Dates.Length % formats.Length];
                await JudgeAsync(warehouse, $"{question} --format {format}{(date.Length == 0 ? "" : $" --as-of {date}{(turn % 2 == 0 ? " --hindsight" : "")}")}", faults);
                turn++;
            }
        }

        await JudgeAsync(warehouse, "snapshot --format csv", faults);
        foreach (var id in ids)
        {
            foreach (var format in formats)
            {
                await JudgeAsync(warehouse, ["customer", "show", id, "--purpose", "test", "--format", format], faults);
                await JudgeAsync(warehouse, ["baskets", "--customer", id, "--format", format], faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static Task JudgeAsync(FreshWarehouse warehouse, string command, List<string> faults) => JudgeAsync(warehouse, command.Split(' '), faults);

    private static async Task JudgeAsync(FreshWarehouse warehouse, string[] command, List<string> faults)
    {
        var (exit, output, error) = await AskAsync(warehouse, command);
        foreach (var fault in Faults(command, exit, output, error))
        {
            faults.Add($"{string.Join(' ', command)}: {fault}");
        }
    }

    private static IEnumerable<string> Faults(string[] command, int exit, string output, string error)
    {
        if (exit is not (ExitCode.Done or ExitCode.Impossible or ExitCode.WrongCommand))
        {
            yield return $"ends with {exit}: {error}";
        }

        if (exit != ExitCode.Done && (output.Length > 0 || error.Trim().Length < 20))
        {
            yield return $"ends with {exit}, saying \"{error.Trim()}\" and \"{output.Trim()}\"";
        }

        // What charts are drawn by is no part of the answer.
        var text = error + Scripts().Replace(output, "");
        if (Unspeakable().Match(text) is { Success: true } word)
        {
            yield return $"says \"{word.Value}\" in \"{text[Math.Max(0, word.Index - 80)..Math.Min(text.Length, word.Index + 80)]}\"";
        }

        if (exit == ExitCode.Done && output.Trim().Length == 0)
        {
            yield return "answers nothing";
        }

        if (exit == ExitCode.Done && command.Contains("json") && Json(output) is { } fault)
        {
            yield return fault;
        }

        if (exit == ExitCode.Done && command.Contains("html") && !(Hash().IsMatch(text) && text.Contains("eneration", StringComparison.Ordinal) && text.Contains("as of ", StringComparison.Ordinal)))
        {
            yield return "does not say its date, generation, population and definition";
        }
    }

    private static string? Json(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            var answer = json.RootElement.TryGetProperty("after", out var after) ? after : json.RootElement;
            return Array.Find(Origin, name => !answer.TryGetProperty(name, out _)) is { } missing ? $"does not say its {missing}" : null;
        }
        catch (JsonException fault)
        {
            return $"is no JSON: {fault.Message}";
        }
    }

    private static async Task<(int Exit, string Output, string Error)> AskAsync(FreshWarehouse warehouse, string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var answers = new MemoryStream();
        var caller = new Caller
        {
            Name = "test",
            Workspace = warehouse.Workspace,
            Answers = () => new Kept(answers),
            MakeTerminal = () => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) }),
            Output = output,
            Error = error,
        };
        var root = new RootCommand();
        foreach (var verb in VerbTree.Create(TimeProvider.System))
        {
            root.Add(verb);
        }

        try
        {
            var exit = await Verdict.OfAsync(root.Parse(command), caller, default);
            return (exit, output + Encoding.UTF8.GetString(answers.ToArray()), error.ToString());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (-1, "", fault.ToString());
        }
    }

    [GeneratedRegex(@"\bNaN\b|∞|\bInfinity\b|Exception|   at Warehouse\.|\{0\}|-0\.0+ %", RegexOptions.None, 10_000)]
    private static partial Regex Unspeakable();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline, 10_000)]
    private static partial Regex Scripts();

    [GeneratedRegex("[0-9a-f]{8,64}", RegexOptions.None, 10_000)]
    private static partial Regex Hash();

    /// <summary>Verbs close what they write to.</summary>
    private sealed class Kept(MemoryStream stream) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => stream.Length;

        public override long Position { get => stream.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);
    }
}
