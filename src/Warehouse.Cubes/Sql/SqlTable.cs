using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Sql;

/// <summary>A table or view of the database.</summary>
internal sealed record SqlTable(TableName Table) : SqlRelation
{
    public override void Write(SqlWriter writer)
    {
        var parts = Table.Parts;
        for (var index = 0; index < parts.Length; index++)
        {
            writer.Sql(index == 0 ? "" : ".").Identifier(parts[index]);
        }
    }
}

/// <summary>A relation that a WITH of the same statement defines.</summary>
internal sealed record SqlNamed(string Name) : SqlRelation
{
    public override void Write(SqlWriter writer) => writer.Identifier(Name);
}
