using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// Parks a row that has an identifier of an earlier row of the same file and says something else: nobody can tell which of the two is
/// right, or whether they are two persons. A row that only repeats an earlier one is let through and changes nothing. Keeps some
/// 50 bytes for an identifier.
/// </summary>
internal sealed class SeenRows(CatalogueView catalogue)
{
    private readonly Dictionary<ulong, (ulong Content, long Row)> rows = [];

    public Outcome<ImportRow> Check(CsvRow row, Outcome<ImportRow> parsed)
    {
        if (!parsed.Succeeded)
        {
            return parsed;
        }

        var content = Hash(string.Join('\u001F', row.Cells.Select(cell => cell.Trim())));
        var keys = parsed.Value.Identifiers.Select(Key).ToList();
        foreach (var key in keys)
        {
            if (rows.TryGetValue(key, out var earlier) && earlier.Content != content)
            {
                return ImportProblems.Repeated(earlier.Row);
            }
        }

        foreach (var key in keys)
        {
            rows.TryAdd(key, (content, row.Number));
        }

        return parsed;
    }

    private ulong Key(Identifier identifier)
    {
        var rule = catalogue.IdentifierTypes.First(t => t.Id == identifier.Type).Normalisation;
        return Hash(identifier.Type + '\u001F' + Normalisation.Apply(rule, identifier.Value));
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
