namespace Warehouse.Cubes.Rollups;

/// <summary>A rollup was dropped by somebody since a plan was made that reads it. The question is planned again.</summary>
internal sealed class RollupGoneException(Exception cause) : Exception(cause.Message, cause);
