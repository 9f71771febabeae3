using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Remembers what the rows of a file were about, in some 50 bytes a key.</summary>
internal sealed class SeenKeys
{
    private readonly Dictionary<ulong, (ulong Content, long Row)> rows = [];

    /// <summary>Why the row is parked: an earlier one is about the same and says something else. <c>null</c> for a row that only repeats one.</summary>
    /// <param name="keys">What the row is about.</param>
    public Problem? Check(CsvRow row, IEnumerable<string> keys)
    {
        var content = Hash(string.Join('\u001F', row.Cells.Select(cell => cell.Trim())));
        var hashes = keys.Select(Hash).ToList();
        foreach (var hash in hashes)
        {
            if (rows.TryGetValue(hash, out var earlier) && earlier.Content != content)
            {
                return ImportProblems.Repeated(earlier.Row);
            }
        }

        foreach (var hash in hashes)
        {
            rows.TryAdd(hash, (content, row.Number));
        }

        return null;
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
