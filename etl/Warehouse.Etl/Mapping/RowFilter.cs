using System.Text;
using Warehouse.Etl.Mapping.Checks;

namespace Warehouse.Etl.Mapping;

/// <summary>Leaves out the rows of which a feed's « where » is not true, before anything else is asked of them.</summary>
/// <param name="test">What the expression gives.</param>
internal sealed class RowFilter(FieldText test)
{
    /// <summary>Stands in <c>temp.mapped</c> where a fault would: the row is neither taken nor rejected.</summary>
    public const short LeftOut = -1;

    public void Mark(MappedBlock block)
    {
        for (var row = 0; row < block.Faults.Length; row++)
        {
            var text = block.Records.Text(test.Of(block.Records, row, out var isWrong));
            if (isWrong)
            {
                block.Faults[row] = (short)Check.Filter.Number;
                block.Found[row] = Encoding.UTF8.GetString(text);
            }
            else if (!text.SequenceEqual("true"u8))
            {
                block.Faults[row] = LeftOut;
            }
        }
    }
}
