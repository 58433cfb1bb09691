using System.Threading.Channels;

namespace Warehouse.Etl.Mapping;

/// <summary>Work on the parts of something by several threads, with the results in the order of the parts.</summary>
internal static class OrderedWork
{
    /// <summary>Runs <paramref name="work"/> on each part and hands the results over one by one.</summary>
    /// <param name="parts">Enumerated on a thread of its own, a few parts ahead.</param>
    /// <param name="work">Done on several parts at once.</param>
    /// <param name="take">Called by one thread at a time, in order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task RunAsync<TPart, TResult>(
        IEnumerable<TPart> parts, Func<TPart, TResult> work, Action<TResult> take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<Task<TResult>>(Environment.ProcessorCount + 1);
        var producer = Task.Run(() => ProduceAsync(parts, work, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var result in channel.Reader.ReadAllAsync(cancellationToken))
            {
                take(await result);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await producer;
        }
    }

    private static async Task ProduceAsync<TPart, TResult>(
        IEnumerable<TPart> parts, Func<TPart, TResult> work, ChannelWriter<Task<TResult>> writer, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in parts)
            {
                await writer.WriteAsync(Task.Run(() => work(part), CancellationToken.None), cancellationToken);
            }

            writer.Complete();
        }
        catch (Exception fault)
        {
            // The reader of the channel is told.
            writer.Complete(fault);
        }
    }
}
