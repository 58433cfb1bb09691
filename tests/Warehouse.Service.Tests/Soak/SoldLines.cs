using System.Collections.Concurrent;

namespace Warehouse.Service.Tests.Soak;

/// <summary>What was sold until a generation, as <see cref="ServedShop.Orders"/> writes it: the truth that answers are held to.</summary>
internal sealed class SoldLines
{
    private readonly ConcurrentDictionary<int, Line[]> _until = new();

    /// <summary>Notes what a generation has beyond the one before, before anybody can see it.</summary>
    public void Publish(int generation, int lines) =>
        _until[generation] = [.. _until.GetValueOrDefault(generation - 1, []), .. Enumerable.Range(0, lines).Select(Line.Of)];

    public IReadOnlyList<Line> Until(int generation) => _until[generation];

    /// <summary>A line of an order.</summary>
    internal readonly record struct Line(int Year, string Product, decimal Amount)
    {
        public static Line Of(int line) => new(2024 + (line / 7 % 2), $"P{line % 19}", ((line % 4) + 1) * ((line % 100) + 0.25m));
    }
}
