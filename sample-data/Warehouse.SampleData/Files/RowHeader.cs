using System.Runtime.InteropServices;

namespace Warehouse.SampleData.Files;

[Flags]
internal enum RowMarks
{
    None = 0,

    /// <summary>The row tells of a customer whom the truth knows.</summary>
    KnownCustomer = 1,

    /// <summary>A line that gives goods back.</summary>
    Return = 2,

    /// <summary>The CRM came to know the customer after the first order.</summary>
    LateRegistration = 4,
}

/// <summary>What is known of a row besides its text, on the way to its file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RowHeader
{
    /// <summary>Rows of a file stand in the order of this, then of <see cref="Tie"/>; no two rows have both alike.</summary>
    public long SortKey { get; init; }

    /// <summary>Rows with equal <c>Tie / 256</c> belong together: they are lines of one order.</summary>
    public long Tie { get; init; }

    /// <summary>The net amount in ten-thousandths of a pound; 0 in files without money.</summary>
    public long NetTenThousandths { get; init; }

    public int Person { get; init; }

    public RowMarks Marks { get; init; }

    /// <summary>Of the row's text, in bytes.</summary>
    public int Length { get; init; }

    public long Group => Tie >> 8;

    public static long TieOf(int person, int sequence, int line) => ((((long)person << 12) | (uint)sequence) << 8) | (uint)line;
}
