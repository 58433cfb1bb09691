namespace Warehouse.SampleData;

/// <summary>What the generator does, in this order.</summary>
public enum RetailStage
{
    /// <summary>Customers live their lives; counted in people, those whom nobody knows included.</summary>
    Customers,

    /// <summary>Text files are written; counted in rows.</summary>
    Files,

    /// <summary>Parquet files are written; counted in folders, of data and of truth.</summary>
    Tables,
}

/// <summary>How far the generator is.</summary>
/// <param name="Done">Of <paramref name="Total"/>, in units of the stage.</param>
public readonly record struct RetailProgress(RetailStage Stage, long Done, long Total);
