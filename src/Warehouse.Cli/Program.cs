using System.CommandLine;
using System.Text;
using Warehouse.Cli.Demo;
using Warehouse.Cli.Serving;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("A customer-analytics warehouse: raw files in; cube answers, customer tiers, lists and proof out.")
{
    DemoCommand.Create(TimeProvider.System),
};
var verbs = VerbTree.Create(TimeProvider.System);
foreach (var verb in verbs.Append(ServeCommand.Create(TimeProvider.System)).Append(OpenCommand.Create(TimeProvider.System)).Append(UserCommand.Create(TimeProvider.System)).Append(AgentCommand.Create(TimeProvider.System)))
{
    root.Add(verb);
}

// Not disposed: a Ctrl-C may still come while the program ends.
var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C asks for a clean end; a second one is not held back.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
var command = root.Parse(args);
return (IsOfVerbs(command) ? await RunningService.TryAsync(command, args, stop.Token) : null)
    ?? await Verdict.OfAsync(command, Caller.AtTerminal(), stop.Token);

bool IsOfVerbs(ParseResult parsed) => parsed.CommandResult.Command is var called && (verbs.Contains(called) || called.Parents.Any(parent => verbs.Contains(parent)));
