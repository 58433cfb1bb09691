namespace Warehouse.Etl.Mapping.Checks;

/// <summary>Finds the rows of a block that fail a check.</summary>
/// <param name="check">What is expected.</param>
/// <param name="column">The column that is checked.</param>
internal abstract class RowCheck(Check check, MappedColumn column)
{
    public Check Check { get; } = check;

    protected int Column { get; } = column.Number;

    /// <summary>Gives the check's number to the rows that fail it and no earlier one.</summary>
    public void Mark(MappedBlock block)
    {
        var values = block.Columns[Column];
        if (!Concerns(values))
        {
            return;
        }

        var key = column.Key is { } number ? block.Columns[number] : null;
        for (var row = 0; row < block.Faults.Length; row++)
        {
            if (block.Faults[row] == 0 && key?.States[row] != ValueState.None && Fails(block, values, row))
            {
                block.Faults[row] = (short)Check.Number;
                block.Found[row] = Found(block, row);
            }
        }
    }

    /// <summary>Whether any row of a block can fail.</summary>
    protected virtual bool Concerns(ColumnValues values) => true;

    protected abstract bool Fails(MappedBlock block, ColumnValues values, int row);

    /// <summary>What a row that fails has, for people.</summary>
    protected virtual string? Found(MappedBlock block, int row) => block.TextOf(Column, row);
}
