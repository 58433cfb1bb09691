namespace Warehouse.Definitions;

/// <summary>
/// Something that the user can mend: a wrong definition, a missing file, a busy database, a wrong command.
/// Everything else that is thrown is a bug of the product. The message is complete: what was found,
/// what was expected, where, and what to do.
/// </summary>
public class UserFaultException : Exception
{
    /// <summary>Makes a fault that keeps what was asked from being done.</summary>
    public UserFaultException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether what was asked was wrong in itself (a name that does not exist, an option that makes no sense),
    /// rather than impossible now. The command line's exit code is 2 for the one and 1 for the other.
    /// </summary>
    public virtual bool IsWrongCommand => false;
}
