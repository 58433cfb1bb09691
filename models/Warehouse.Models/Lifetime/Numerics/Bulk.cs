namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Applies a prediction to many customers, in parallel, without allocating for any of them.</summary>
internal static class Bulk
{
    private const int CustomersPerChunk = 4096;

    public static void Map<T>(ReadOnlyMemory<T> customers, Memory<double> results, Func<T, double> prediction, ParallelOptions? parallel)
    {
        if (results.Length != customers.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{customers.Length} customers need as many results; found room for {results.Length}."),
                nameof(results));
        }

        var chunks = (customers.Length + CustomersPerChunk - 1) / CustomersPerChunk;
        Parallel.For(0, chunks, parallel ?? new ParallelOptions(), chunk =>
        {
            var from = chunk * CustomersPerChunk;
            var length = Math.Min(CustomersPerChunk, customers.Length - from);
            var source = customers.Span.Slice(from, length);
            var target = results.Span.Slice(from, length);
            for (var i = 0; i < length; i++)
            {
                target[i] = prediction(source[i]);
            }
        });
    }
}
