using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>The values of a column in the rows of a block.</summary>
internal sealed class ColumnValues(int rows, bool isDated)
{
    /// <summary>The cleaned texts; one without a byte is none.</summary>
    public Slice[] Texts { get; } = new Slice[rows];

    /// <summary>The values of columns that are no texts.</summary>
    public long[] Values { get; } = new long[rows];

    /// <summary>What there is in each row.</summary>
    public ValueState[] States { get; } = new ValueState[rows];

    /// <summary>Which of the mapping's sources gave the text.</summary>
    public byte[] Choices { get; } = new byte[rows];

    /// <summary>The business dates of instants, in days since 1970.</summary>
    public int[] Dates { get; } = isDated ? new int[rows] : [];

    /// <summary>Whether some row has a text that could not be read.</summary>
    public bool HasUnreadable { get; set; }

    /// <summary>Whether some row has no value.</summary>
    public bool HasNone { get; set; }
}

/// <summary>What a column has in a row.</summary>
internal enum ValueState : byte
{
    /// <summary>No text.</summary>
    None,

    /// <summary>A value.</summary>
    Present,

    /// <summary>A text that is no value of the column's kind.</summary>
    Unreadable,
}
