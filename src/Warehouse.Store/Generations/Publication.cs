using System.Data.Common;

namespace Warehouse.Store;

/// <summary>A generation in the making: what is written on its connection becomes visible at once, or never.</summary>
/// <param name="Number">The number that the generation will have.</param>
/// <param name="Connection">The connection, within the one transaction of the generation.</param>
/// <param name="StartedAt">When the work began; the instant at which the warehouse knows what it is told now.</param>
public sealed record Publication(int Number, DbConnection Connection, DateTimeOffset StartedAt);
