using System.CommandLine;
using System.Text;
using Warehouse.Cli.Commands;
using Warehouse.Cli.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("A customer-analytics warehouse: raw files in; cube answers, customer tiers, lists and proof out.")
{
    DemoCommand.Create(TimeProvider.System),
    InitCommand.Create(),
    LoadCommand.Create(TimeProvider.System),
    QueryCommand.Create(TimeProvider.System),
    RfmCommand.Create(TimeProvider.System),
    TiersCommand.Create(TimeProvider.System),
    LifetimeCommand.Create(TimeProvider.System),
    LifecycleCommand.Create(TimeProvider.System),
    CohortsCommand.Create(TimeProvider.System),
    BasketsCommand.Create(TimeProvider.System),
    ForecastCommand.Create(TimeProvider.System),
    ContactsCommand.Create(TimeProvider.System),
    CustomerCommand.Create(TimeProvider.System),
    SnapshotCommand.Create(TimeProvider.System),
    ChurnCommand.Create(TimeProvider.System),
    SegmentCommand.Create(TimeProvider.System),
    CampaignCommand.Create(TimeProvider.System),
    ExportCommand.Create(TimeProvider.System),
    ReportCommand.Create(TimeProvider.System),
    QualityCommand.Create(TimeProvider.System),
    StatusCommand.Create(TimeProvider.System),
    SchemaCommand.Create(),
};

// Not disposed: a Ctrl-C may still come while the program ends.
var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C asks for a clean end; a second one is not held back.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return await Verdict.OfAsync(root.Parse(args), stop.Token);
