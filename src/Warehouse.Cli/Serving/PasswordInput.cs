using System.Text;
using Warehouse.Definitions;

namespace Warehouse.Cli.Serving;

/// <summary>Reads a password: at a terminal without showing it, and twice; else a line of standard input.</summary>
internal static class PasswordInput
{
    /// <exception cref="UserFaultException">The two are not the same.</exception>
    public static string Read(TextWriter prompts)
    {
        if (Console.IsInputRedirected)
        {
            return Console.ReadLine() ?? "";
        }

        var password = Hidden(prompts, "Password: ");
        return Hidden(prompts, "Once more: ") == password ? password : throw new UserFaultException("The two are not the same. Nothing was changed.");
    }

    private static string Hidden(TextWriter prompts, string prompt)
    {
        prompts.Write(prompt);
        prompts.Flush();
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        prompts.WriteLine();
        return text.ToString();
    }
}
