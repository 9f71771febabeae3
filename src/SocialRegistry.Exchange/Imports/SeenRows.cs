using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// Parks a row that has an identifier of an earlier row of the same file and says something else: nobody can tell which of the two is
/// right, or whether they are two persons. A row that only repeats an earlier one is let through and changes nothing.
/// </summary>
internal sealed class SeenRows(CatalogueView catalogue)
{
    private readonly SeenKeys seen = new();

    public Outcome<ImportRow> Check(CsvRow row, Outcome<ImportRow> parsed) =>
        parsed.Succeeded && seen.Check(row, parsed.Value.Identifiers.Select(Key)) is { } repeated ? repeated : parsed;

    private string Key(Identifier identifier)
    {
        var rule = catalogue.IdentifierTypes.First(t => t.Id == identifier.Type).Normalisation;
        return identifier.Type + '\u001F' + Normalisation.Apply(rule, identifier.Value);
    }
}
