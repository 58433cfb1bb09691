namespace Warehouse.Etl.Staging.Remote;

/// <summary>What a server may take of a load's time and disk.</summary>
/// <param name="Silence">How long it may say nothing: until it answers, and between bytes.</param>
/// <param name="Whole">How long a file may take.</param>
/// <param name="MostBytes">How large it may be, as it is sent.</param>
/// <param name="MostRedirects">How often it may send on to another address.</param>
internal sealed record DownloadLimits(TimeSpan Silence, TimeSpan Whole, long MostBytes, int MostRedirects)
{
    /// <summary>The usual ones.</summary>
    public static DownloadLimits Usual { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(2), 1L << 36, 5);
}
