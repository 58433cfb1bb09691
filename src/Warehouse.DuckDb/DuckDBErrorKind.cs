namespace Warehouse.DuckDb;

/// <summary>Why a statement failed: DuckDB's own kinds under their numbers in its C API, and, below zero, the provider's.</summary>
public enum DuckDBErrorKind
{
    /// <summary>The engine has not said.</summary>
    Unknown = 0,
    OutOfRange = 1,
    Conversion = 2,
    UnknownType = 3,
    Decimal = 4,
    MismatchType = 5,
    DivideByZero = 6,
    ObjectSize = 7,
    InvalidType = 8,
    Serialization = 9,

    /// <summary>A write conflict with another transaction, or a statement in a transaction that has failed.</summary>
    Transaction = 10,
    NotImplemented = 11,
    Expression = 12,

    /// <summary>A table, column, function or setting that does not exist, or exists already.</summary>
    Catalog = 13,

    /// <summary>The text is not SQL.</summary>
    Parser = 14,
    Planner = 15,
    Scheduler = 16,
    Executor = 17,

    /// <summary>A row breaks a NOT NULL, UNIQUE, CHECK or key constraint.</summary>
    Constraint = 18,
    Index = 19,
    Statistics = 20,

    /// <summary>The database is open in this process with other options.</summary>
    Connection = 21,
    Syntax = 22,
    Settings = 23,

    /// <summary>The statement is well-formed but names or types in it do not fit.</summary>
    Binder = 24,
    Network = 25,
    Optimizer = 26,
    NullPointer = 27,

    /// <summary>A file cannot be read or written, is not a database, or is held by another process.</summary>
    IO = 28,

    /// <summary>The statement was interrupted.</summary>
    Interrupt = 29,

    /// <summary>The database is unusable until it is opened again.</summary>
    Fatal = 30,
    Internal = 31,
    InvalidInput = 32,
    OutOfMemory = 33,
    Permission = 34,
    ParameterNotResolved = 35,
    ParameterNotAllowed = 36,
    Dependency = 37,
    Http = 38,
    MissingExtension = 39,
    Autoload = 40,
    Sequence = 41,
    InvalidConfiguration = 42,

    /// <summary>The statement ran longer than <see cref="DuckDBCommand.CommandTimeout"/>; the provider interrupted it.</summary>
    Timeout = -1,
}
