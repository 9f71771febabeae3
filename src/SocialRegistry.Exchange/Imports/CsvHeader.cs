using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>A file whose first row was read.</summary>
internal sealed record CsvHeader(CsvReader Reader, IReadOnlyList<string> Headers)
{
    public static async Task<Outcome<CsvHeader>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var reader = new CsvReader(await CsvText.OpenAsync(content, cancellationToken));
        return await reader.ReadAsync(cancellationToken) switch
        {
            null => ImportProblems.Empty,
            { Fault: CsvFault.Encoding or CsvFault.NulCharacter } => ImportProblems.NotText,
            { Fault: { } fault } => ImportProblems.HeaderUnreadable(fault),
            var header => new CsvHeader(reader, header.Cells),
        };
    }
}
