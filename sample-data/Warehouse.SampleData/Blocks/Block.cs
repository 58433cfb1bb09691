using Warehouse.SampleData.Tables;

namespace Warehouse.SampleData.Blocks;

/// <summary>What was made of a run of customers, on its way to the files.</summary>
internal sealed class Block
{
    public RowBatch Rows { get; } = new();

    public List<WebAccountRow> WebAccounts { get; } = [];

    public List<TouchRow> Touches { get; } = [];

    public List<CustomerRow> Customers { get; } = [];

    public List<ReferenceRow> References { get; } = [];

    public List<ChurnRow> Churn { get; } = [];

    public List<EffectRow> Effects { get; } = [];

    public void Clear()
    {
        Rows.Clear();
        WebAccounts.Clear();
        Touches.Clear();
        Customers.Clear();
        References.Clear();
        Churn.Clear();
        Effects.Clear();
    }
}
