using Warehouse.Definitions;

namespace Warehouse.Verbs.Output;

/// <summary>The part of a table that a caller wants.</summary>
/// <param name="first">How many rows are left out before it.</param>
/// <param name="size">At most so many rows.</param>
internal sealed class RowPage(int first, int size)
{
    /// <summary>How many rows the whole table has; null until it was written.</summary>
    public int? Rows { get; private set; }

    /// <summary>The table with the rows of this page alone.</summary>
    public Answer Of(Answer whole)
    {
        Rows = whole.Rows.Count;
        return whole with { Rows = [.. whole.Rows.Skip(first).Take(size)] };
    }

    /// <summary>What is told to one who wants a page of what has none.</summary>
    public static WrongCommandException NoTable() => new("This answer is no table of rows in this form: it has no pages.");
}
