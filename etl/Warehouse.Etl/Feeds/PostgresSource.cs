namespace Warehouse.Etl.Feeds;

/// <summary>A PostgreSQL database.</summary>
/// <param name="Connection">How it is reached (Host=…;Database=…;Username=…), without a password: that comes from PGPASSWORD or a password file.</param>
/// <param name="Watermark">The column that grows with each change, by which the next load reads on; null reads all rows each time.</param>
public sealed record PostgresSource(string Connection, string? Watermark);
