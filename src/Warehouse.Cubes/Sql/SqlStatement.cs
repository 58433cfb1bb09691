using System.Data.Common;

namespace Warehouse.Cubes.Sql;

/// <summary>A statement and the values of its placeholders $1, $2, … in order.</summary>
internal sealed record SqlStatement(string Text, IReadOnlyList<object> Values)
{
    /// <summary>A command that runs it. Values are bound by their own types.</summary>
    public DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Text;
        foreach (var value in Values)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
