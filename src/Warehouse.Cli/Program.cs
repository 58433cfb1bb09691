using System.CommandLine;
using System.Text;
using Warehouse.Cli.Demo;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("A customer-analytics warehouse: raw files in; cube answers, customer tiers, lists and proof out.")
{
    DemoCommand.Create(TimeProvider.System),
};
foreach (var verb in VerbTree.Create(TimeProvider.System))
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
return await Verdict.OfAsync(root.Parse(args), Caller.AtTerminal(), stop.Token);
