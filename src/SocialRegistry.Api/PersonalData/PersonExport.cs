using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.PersonalData;

/// <summary>An export under way: page by page, so that a long history is never held at once.</summary>
internal sealed class PersonExport
{
    private const int PageSize = 50;

    private readonly RegistrantId registrant;
    private readonly Caller caller;
    private readonly IPersonalData data;

    private PersonExport(RegistrantId registrant, string language, Caller caller, IPersonalData data, string record)
    {
        (this.registrant, this.caller, this.data) = (registrant, caller, data);
        (Language, Record) = (language, record);
    }

    public string Language { get; }

    /// <summary>The part that came first, as JSON text.</summary>
    public string Record { get; }

    /// <summary>Refused before the answer begins, if it is.</summary>
    public static async Task<Outcome<PersonExport>> BeginAsync(
        string id,
        LanguageQuery query,
        HttpCaller caller,
        IPersonalData data,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant;
        }

        var language = query.Language ?? "eng";
        var who = caller.ToCaller();
        var first = await data.ExportAsync(
            registrant,
            ExportParts.Record,
            language,
            new PageRequest(1),
            who,
            cancellationToken
        );
        return first.Map(page => new PersonExport(registrant, language, who, data, page.Items[0]));
    }

    /// <summary>The items of a part, each as JSON text.</summary>
    /// <exception cref="IOException">It cannot be read to its end.</exception>
    public async IAsyncEnumerable<string> ItemsAsync(
        string part,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var asked = new PageRequest(PageSize, after);
            var page = await data.ExportAsync(registrant, part, Language, asked, caller, cancellationToken);
            if (!page.Succeeded)
            {
                // Cut off in the midst: the client sees an answer that does not end.
                throw new IOException("The export could not be read to its end: " + page.Problem.Code);
            }

            foreach (var item in page.Value.Items)
            {
                yield return item;
            }

            after = page.Value.Next;
        } while (after is not null);
    }

    public async Task WriteJsonAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("format", "social-registry/personal-data/1");
        writer.WritePropertyName(ExportParts.Record);
        writer.WriteRawValue(Record);
        foreach (var part in ExportParts.All.Where(p => p != ExportParts.Record))
        {
            writer.WriteStartArray(part);
            await foreach (var item in ItemsAsync(part, cancellationToken))
            {
                writer.WriteRawValue(item);
                if (writer.BytesPending > 16_384)
                {
                    await writer.FlushAsync(cancellationToken);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }
}
