using System.CommandLine;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse lifetime</c>: what customers are expected to buy and to be worth.</summary>
internal static class LifetimeCommand
{
    public static Command Create() =>
        new("lifetime", "Show what customers are expected to buy and to be worth.") { LifetimeFitCommand.Create() };
}
