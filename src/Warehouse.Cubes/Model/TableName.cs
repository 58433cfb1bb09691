namespace Warehouse.Cubes.Model;

/// <summary>A table or view, by its parts from the outermost: catalogue, schema, table.</summary>
/// <param name="Path">The name as the definition has it, with dots between its parts.</param>
public sealed record TableName(string Path)
{
    /// <summary>The parts, unquoted.</summary>
    public string[] Parts => Path.Split('.');

    /// <inheritdoc/>
    public override string ToString() => Path;
}
