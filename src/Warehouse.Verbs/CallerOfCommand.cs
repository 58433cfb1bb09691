using System.CommandLine;

namespace Warehouse.Verbs;

/// <summary>Who called a command.</summary>
internal static class CallerOfCommand
{
    public static Caller Caller(this ParseResult command) => (Caller)command.InvocationConfiguration;
}
