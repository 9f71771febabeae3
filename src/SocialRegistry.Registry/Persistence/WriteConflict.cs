using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SocialRegistry.Registry.Persistence;

/// <summary>Why the database refused a write that another writer got in before.</summary>
internal enum WriteConflict
{
    /// <summary>Somebody changed the record meanwhile, or the database broke a deadlock: read again and try again.</summary>
    Changed,

    /// <summary>An identifier of the directory.</summary>
    Identifier,

    /// <summary>A second open head of a group.</summary>
    Head,

    /// <summary>A second open membership of the same person in a group.</summary>
    Member,

    /// <summary>An idempotency key.</summary>
    Idempotency,

    /// <summary>The catalogue that the values were checked against no longer stands: check again.</summary>
    Catalogue,
}

internal static class WriteConflicts
{
    /// <summary>The conflict behind an exception of SaveChanges; <c>null</c> when it is something else.</summary>
    public static WriteConflict? Of(Exception exception) =>
        exception switch
        {
            DbUpdateConcurrencyException => WriteConflict.Changed,
            PostgresException e => e.SqlState switch
            {
                PostgresErrorCodes.UniqueViolation => Unique(e.ConstraintName ?? ""),
                CatalogueChanged => WriteConflict.Catalogue,
                PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => WriteConflict.Changed,
                _ => null,
            },
            SqliteException { SqliteExtendedErrorCode: UniqueIndex or PrimaryKey } e => Unique(e.Message),
            SqliteException { SqliteExtendedErrorCode: Trigger } => WriteConflict.Catalogue,
            // The driver wraps what may pass when it is tried again.
            DbUpdateException or InvalidOperationException when exception.InnerException is { } inner => Of(inner),
            _ => null,
        };

    /// <summary>Raised by the trigger of the table of versions (migration <c>CatalogueGuard</c>).</summary>
    private const string CatalogueChanged = "SR001";

    /// <summary>SQLITE_CONSTRAINT_TRIGGER: the same trigger, the only one there is.</summary>
    private const int Trigger = 1811;

    private const int UniqueIndex = 2067;
    private const int PrimaryKey = 1555;

    // PostgreSQL names the constraint, SQLite table and columns; every key not named here belongs to a registrant's own rows.
    private static WriteConflict Unique(string text) =>
        text.Contains("identifiers", StringComparison.Ordinal) ? WriteConflict.Identifier
        : text.Contains("idempotency", StringComparison.Ordinal) ? WriteConflict.Idempotency
        : !text.Contains("memberships", StringComparison.Ordinal) ? WriteConflict.Changed
        : text.Contains("member_id", StringComparison.Ordinal) ? WriteConflict.Member
        : WriteConflict.Head;
}
