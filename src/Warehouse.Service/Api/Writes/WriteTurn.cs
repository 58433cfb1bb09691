namespace Warehouse.Service.Api.Writes;

/// <summary>What is known of a write that its caller names by a key.</summary>
internal abstract record WriteTurn
{
    /// <summary>It was done: this is what was answered.</summary>
    public sealed record Answered(KeptAnswer Answer) : WriteTurn;

    /// <summary>It is being done.</summary>
    public sealed record UnderWay : WriteTurn;

    /// <summary>The key names another write.</summary>
    public sealed record AnotherQuestion : WriteTurn;

    /// <summary>It is to be done now; when this is disposed, and nothing was kept, it may be asked again.</summary>
    public sealed record Mine(Action<KeptAnswer> Keep, Action End) : WriteTurn, IDisposable
    {
        public void Dispose() => End();
    }
}
