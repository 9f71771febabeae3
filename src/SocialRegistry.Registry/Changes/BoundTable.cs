using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.LinkedData;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Changes;

/// <summary>
/// A table whose rows are hashed into a log. The hash covers every column that is not null, by name, so that a column added later leaves
/// old rows as they are, and takes values in one form on both databases.
/// </summary>
internal sealed class BoundTable
{
    private static readonly ConditionalWeakTable<IEntityType, BoundTable> Known = [];

    private readonly Column[] columns;
    private readonly PropertyInfo[] keys;
    private readonly PropertyInfo? revision;

    private BoundTable(IEntityType entity)
    {
        var table = entity.GetTableName()!;
        Name = table.StartsWith(RegistryDbContext.Module + "_", StringComparison.Ordinal)
            ? table[(RegistryDbContext.Module.Length + 1)..]
            : table;
        keys = [.. entity.FindPrimaryKey()!.Properties.Select(p => p.PropertyInfo!)];
        revision = entity.FindAnnotation(BoundRows.RevisionAnnotation)?.Value is string name
            ? entity.ClrType.GetProperty(name)
            : null;
        columns =
        [
            .. entity
                .GetProperties()
                .Where(p => p.FindAnnotation(BoundRows.LooseAnnotation) is null)
                .Select(p => new Column(p.GetColumnName(), p.PropertyInfo!, p.GetColumnType() == "jsonb"))
                .OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The name without schema or prefix.</summary>
    public string Name { get; }

    public static BoundTable Of(IEntityType entity) => Known.GetValue(entity, e => new BoundTable(e));

    /// <summary>The registrant to whom the row belongs: the first column of the key.</summary>
    public Guid Owner(object row) => (Guid)keys[0].GetValue(row)!;

    /// <summary>What tells the rows of one owner apart: the rest of the key.</summary>
    public string Key(object row) => string.Join('/', keys.Skip(1).Select(k => Text(k.GetValue(row)!)));

    /// <summary>
    /// Place of a row that becomes a leaf itself: the key as a UUID (of a text: the first half of its hash) and a number, its revision or
    /// the rest of the key.
    /// </summary>
    public (Guid Owner, long Number) Place(object row) =>
        (
            keys[0].GetValue(row) switch
            {
                Guid id => id,
                var other => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(Text(other!))).AsSpan(0, 16), true),
            },
            revision is not null ? (long)revision.GetValue(row)!
            : keys.Length == 1 ? 0
            : keys.Skip(1).Aggregate(0L, (number, key) => (number << 8) + Number(key, row))
        );

    private static long Number(PropertyInfo key, object row) =>
        Convert.ToInt64(key.GetValue(row), CultureInfo.InvariantCulture);

    /// <param name="salt">Random bytes that keep a hash of few possible contents from being guessed; empty for what is no person's.</param>
    public byte[] Hash(object row, ReadOnlySpan<byte> salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        Append(hash, Encoding.UTF8.GetBytes(Name));
        foreach (var column in columns)
        {
            if (column.Property.GetValue(row) is { } value)
            {
                Append(hash, Encoding.UTF8.GetBytes(column.Name));
                Append(hash, Bytes(value, column.IsParsed));
            }
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static byte[] Bytes(object value, bool isParsed) =>
        value switch
        {
            // The database keeps such a column parsed and writes it out in its own way.
            string json when isParsed => Canonical(json),
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            Guid id => id.ToByteArray(bigEndian: true),
            bool flag => [flag ? (byte)1 : (byte)0],
            DateOnly day => Number(day.DayNumber),
            DateTimeOffset moment => Number(Microseconds(moment)),
            int number => Number(number),
            long number => Number(number),
            Enum word => Encoding.UTF8.GetBytes(word.ToString()),
            _ => throw new NotSupportedException("No hash for a column of " + value.GetType().Name + "."),
        };

    public static long Microseconds(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static byte[] Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Jcs.Canonicalize(document.RootElement);
    }

    private static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private static string Text(object value) =>
        value switch
        {
            Guid id => id.ToString("D"),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private sealed record Column(string Name, PropertyInfo Property, bool IsParsed);
}

/// <summary>Marks the tables that the logs cover.</summary>
internal static class BoundRows
{
    public const string BoundAnnotation = "Registry:Bound";
    public const string LooseAnnotation = "Registry:Loose";
    public const string LogAnnotation = "Registry:Log";
    public const string StateAnnotation = "Registry:State";
    public const string RevisionAnnotation = "Registry:Revision";

    /// <summary>
    /// Rows of a registrant, whose id comes first in their key: the change entry of the transaction that writes one covers it, and
    /// <c>verify-log</c> compares. A write without an entry of its registrant is refused.
    /// </summary>
    public static EntityTypeBuilder<T> IsBound<T>(this EntityTypeBuilder<T> builder)
        where T : class => builder.HasAnnotation(BoundAnnotation, true);

    /// <summary>A column that the hash of its row leaves out.</summary>
    public static PropertyBuilder<T> IsLoose<T>(this PropertyBuilder<T> property) =>
        property.HasAnnotation(LooseAnnotation, true);

    /// <summary>Rows that are never altered and become leaves of the log themselves.</summary>
    /// <param name="kind">One of <see cref="Sealing.LeafKinds"/>.</param>
    public static EntityTypeBuilder<T> IsLog<T>(this EntityTypeBuilder<T> builder, int kind)
        where T : class => builder.HasAnnotation(LogAnnotation, kind);

    /// <summary>Rows that change: each state of one becomes a leaf of the log. They are never removed.</summary>
    /// <param name="kind">One of <see cref="Sealing.LeafKinds"/>.</param>
    /// <param name="revision">Property that is 1 at first and one more with each change, a <c>long</c>.</param>
    public static EntityTypeBuilder<T> IsState<T>(this EntityTypeBuilder<T> builder, int kind, string revision)
        where T : class => builder.HasAnnotation(StateAnnotation, kind).HasAnnotation(RevisionAnnotation, revision);

    public static bool IsBound(this IEntityType entity) => entity.FindAnnotation(BoundAnnotation) is not null;

    public static int? StateKind(this IEntityType entity) => (int?)entity.FindAnnotation(StateAnnotation)?.Value;

    public static int? LogKind(this IEntityType entity) => (int?)entity.FindAnnotation(LogAnnotation)?.Value;
}
