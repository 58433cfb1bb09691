namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>A row of a small fact table with its dimensions already looked up. The first day of all is the unknown one.</summary>
internal sealed record Fact(int Key, int Group, string? Kind, string? Colour, int Customer, DateOnly Day, decimal? Amount, int Count)
{
    public bool HasDay => Day != DateOnly.MinValue;
}
