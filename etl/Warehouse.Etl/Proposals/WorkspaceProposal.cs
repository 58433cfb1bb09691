namespace Warehouse.Etl.Proposals;

/// <summary>The feeds that are proposed, and what the files tell of the workspace.</summary>
/// <param name="Feeds">The feeds, in the order of their files.</param>
/// <param name="Currency">The reporting currency; null where no file names one.</param>
/// <param name="FirstYear">The earliest year in the files; null where they have no dates.</param>
public sealed record WorkspaceProposal(IReadOnlyList<ProposedFeed> Feeds, string? Currency, int? FirstYear);

/// <summary>A feed that is proposed.</summary>
/// <param name="Name">Its name, and its file's.</param>
/// <param name="Yaml">Its definition.</param>
/// <param name="Targets">What it fills; none where it is not enabled, because that could not be told.</param>
/// <param name="Grain">What a row is, and how that is known.</param>
/// <param name="Remarks">What it needs where it is not enabled; what else its reader should check.</param>
public sealed record ProposedFeed(string Name, string Yaml, IReadOnlyList<string> Targets, string Grain, IReadOnlyList<string> Remarks);
