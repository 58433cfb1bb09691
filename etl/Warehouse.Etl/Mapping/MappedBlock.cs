using System.Text;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>A block of records with the values that the feed's columns have in them.</summary>
/// <param name="Records">The records.</param>
/// <param name="Columns">The columns, by number.</param>
/// <param name="Identifiers">The texts of the feed's other identifiers.</param>
/// <param name="Faults">The number of the first check that each row fails; 0 where it fails none.</param>
/// <param name="Hashes">A hash of each row's fields where duplicates are looked for.</param>
internal sealed record MappedBlock(
    RecordBlock Records, ColumnValues[] Columns, Slice[][] Identifiers, short[] Faults, UInt128[] Hashes) : IDisposable
{
    /// <summary>What was found where rows fail, by row.</summary>
    public Dictionary<int, string?> Found { get; } = [];

    /// <summary>A column's text in a row; null where there is none.</summary>
    public string? TextOf(int column, int row)
    {
        var text = Columns[column].Texts[row];
        return text.Length == 0 ? null : Encoding.UTF8.GetString(Records.Text(text));
    }

    public void Dispose() => Records.Dispose();
}
