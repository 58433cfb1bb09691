namespace Warehouse.Pages.Layout;

/// <summary>What the workspace is called.</summary>
public sealed record WorkspaceName(string Name);
