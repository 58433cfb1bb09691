using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Store;
using Warehouse.Verbs;
using Warehouse.Verbs.Commands;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Serving;

/// <summary><c>warehouse user list|add|remove|password|key|revoke</c>: who may ask the service.</summary>
internal static class UserCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("user", "VARCHAR"), new("role", "VARCHAR"), new("cubes", "VARCHAR"), new("signs_in", "BOOLEAN", "signs in"), new("key", "VARCHAR"),
        new("expires_at", "TIMESTAMPTZ", "expires (UTC)"),
    ];

    public static Command Create(TimeProvider time) => new("user", "Say who may ask the service, and as what.")
    {
        List(time), Add(time), Remove(time), Password(time), Key(time), Revoke(time),
    };

    private static Command List(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the users and their keys. No secret is shown.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var list = Access(parsed, workspace, time).Current;
            var rows = list.Users.SelectMany(user => list.Keys.Where(key => key.User == user.Name).DefaultIfEmpty().Select(key => new object?[]
            {
                user.Name, user.Role, string.Join(", ", user.Cubes), user.PasswordHash is not null, key?.Id, key?.ExpiresAt,
            }));
            await CommonOptions.Writer(parsed, format, path).WriteAsync(new Answer(0, null, AccessFile.Name, Columns, [.. rows]), stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add(TimeProvider time)
    {
        var name = Name();
        var role = new Option<string>("--role") { Description = $"What the user is: {string.Join(", ", Role.All.Select(known => known.Name))}.", HelpName = "ROLE", Required = true };
        var cubes = new Option<string?>("--cubes") { Description = "Roles of the cubes, separated by commas, that limit which rows a viewer sees.", HelpName = "A,B" };
        return Change("add", "Let somebody in, or change what he may do.", [name], [role, cubes], time, (parsed, access) =>
        {
            var user = access.Put(parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(cubes)?.Split(',', StringSplitOptions.TrimEntries) ?? []);
            return $"{user.Name} is {user.Role}. 'warehouse user key {user.Name}' makes a key for programs; 'warehouse user password {user.Name}' lets him sign in.";
        });
    }

    private static Command Remove(TimeProvider time)
    {
        var name = Name();
        return Change("remove", "Let somebody in no more, nor his keys.", [name], [], time, (parsed, access) =>
        {
            access.Remove(parsed.GetValue(name)!);
            return $"{parsed.GetValue(name)} is let in no more.";
        });
    }

    private static Command Password(TimeProvider time)
    {
        var name = Name();
        return Change("password", "Set the password by which a user signs in; it is read from standard input, and not shown.", [name], [], time, (parsed, access) =>
        {
            access.SetPassword(parsed.GetValue(name)!, PasswordInput.Read(parsed.Caller().Error));
            return $"{parsed.GetValue(name)} signs in by the new password.";
        });
    }

    private static Command Key(TimeProvider time)
    {
        var name = Name();
        var days = new Option<int?>("--days") { Description = "How long it holds; else until it is revoked.", HelpName = "N" };
        return Change("key", "Make a key by which a program is let in as a user. It is shown once, and kept nowhere.", [name], [days], time, (parsed, access) =>
            access.AddKey(parsed.GetValue(name)!, parsed.GetValue(days) is { } valid ? TimeSpan.FromDays(Math.Max(0, valid)) : null));
    }

    private static Command Revoke(TimeProvider time)
    {
        var id = new Argument<string>("key") { Description = "The key, as 'warehouse user list' names it." };
        return Change("revoke", "Take a key.", [id], [], time, (parsed, access) =>
        {
            access.RevokeKey(parsed.GetValue(id)!);
            return $"The key {parsed.GetValue(id)} is worth nothing any more.";
        });
    }

    private static Command Change(
        string name, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options, TimeProvider time, Func<ParseResult, AccessFile, string> change)
    {
        var workspace = CommonOptions.Workspace();
        var command = new Command(name, description) { workspace };
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            parsed.Caller().Output.WriteLine(change(parsed, Access(parsed, workspace, time)));
            await AuditAsync(CommonOptions.Open(parsed, workspace), time, stop);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Where another process has the database, that one or the next brings it into the audit log.</summary>
    private static async Task AuditAsync(Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        try
        {
            if (OwnerToken.Find(workspace) is null && File.Exists(workspace.DatabasePath))
            {
                await new AccessJournal(workspace, time).BringAsync(stop);
            }
        }
        catch (Exception fault) when (fault is UserFaultException or IOException)
        {
            // It stays noted.
        }
    }

    private static AccessFile Access(ParseResult parsed, Option<string?> workspace, TimeProvider time) => new(CommonOptions.Open(parsed, workspace), time);

    private static Argument<string> Name() => new("name") { Description = "The user's name." };
}
