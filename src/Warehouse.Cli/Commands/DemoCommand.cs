using System.CommandLine;

namespace Warehouse.Cli.Commands;

internal static class DemoCommand
{
    public static Command Create(TimeProvider time) => new("demo", time.ToString());
}
