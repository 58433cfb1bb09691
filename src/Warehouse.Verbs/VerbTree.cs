using System.CommandLine;
using Warehouse.Verbs.Commands;

namespace Warehouse.Verbs;

/// <summary>Everything that can be asked of a workspace, once, for the command line and for the service alike.</summary>
internal static class VerbTree
{
    /// <summary>The verbs, in the order in which they are used.</summary>
    public static IReadOnlyList<Command> Create(TimeProvider time) =>
    [
        InitCommand.Create(),
        LoadCommand.Create(time),
        CubesCommand.Create(),
        QueryCommand.Create(time),
        QuestionCommand.Create(time),
        RfmCommand.Create(time),
        TiersCommand.Create(time),
        LifetimeCommand.Create(time),
        LifecycleCommand.Create(time),
        CohortsCommand.Create(time),
        BasketsCommand.Create(time),
        ForecastCommand.Create(time),
        ContactsCommand.Create(time),
        CustomerCommand.Create(time),
        SnapshotCommand.Create(time),
        ChurnCommand.Create(time),
        SegmentCommand.Create(time),
        CampaignCommand.Create(time),
        ExportCommand.Create(time),
        ReportCommand.Create(time),
        JobCommand.Create(time),
        BackupCommand.Backup(time),
        BackupCommand.Restore(),
        QualityCommand.Create(time),
        StatusCommand.Create(time),
        DoctorCommand.Create(time),
        SchemaCommand.Create(),
    ];
}
