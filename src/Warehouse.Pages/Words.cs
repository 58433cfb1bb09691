namespace Warehouse.Pages;

/// <summary>The words of the pages: English in the pages themselves, which are the keys; other languages in the resource files beside this one.</summary>
public sealed class Words;
