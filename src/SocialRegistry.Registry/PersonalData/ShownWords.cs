using System.Globalization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>Words for what the disclosure log names by ids.</summary>
internal sealed class ShownWords(Catalogue catalogue, string language)
{
    private const string Version = "version:";

    /// <summary>What stands beside the fields of the catalogue.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Beside = new()
    {
        ["identifiers"] = Of("Identifiers", "Identifiants", "Identificadores", "أرقام التعريف"),
        ["memberships"] = Of("Household and groups", "Ménage et groupes", "Hogar y grupos", "الأسرة والمجموعات"),
        ["relationships"] = Of("Relatives", "Parenté", "Parientes", "الأقارب"),
        ["attestations"] = Of("Attestations", "Attestations", "Certificaciones", "التصديقات"),
        ["versions"] = Of("Earlier versions", "Versions antérieures", "Versiones anteriores", "النسخ السابقة"),
        ["changes"] = Of("Changes", "Modifications", "Cambios", "التغييرات"),
        ["documents"] = Of("Documents", "Documents", "Documentos", "المستندات"),
        ["consents"] = Of("Consents", "Consentements", "Consentimientos", "الموافقات"),
        ["requests"] = Of("Change requests", "Demandes de modification", "Solicitudes de cambio", "طلبات التغيير"),
        ["disclosures"] = Of(
            "Who saw the data",
            "Qui a vu les données",
            "Quién vio los datos",
            "من اطّلع على البيانات"
        ),
        ["status"] = Of("Status", "Statut", "Estado", "الحالة"),
    };

    /// <summary>Id and label of an entry, and whether it was shown masked. All earlier versions are one.</summary>
    public (string Id, string Label, bool Masked) Read(string entry)
    {
        var id = entry.StartsWith(Version, StringComparison.Ordinal) ? "versions" : entry;
        var masked = id.EndsWith(MaskedMark, StringComparison.Ordinal);
        id = masked ? id[..^MaskedMark.Length] : id;
        return (id, LabelOf(id), masked);
    }

    public string LabelOf(string id)
    {
        var field =
            catalogue.Rule(RegistrantKinds.Individual, id)?.View ?? catalogue.Rule(RegistrantKinds.Group, id)?.View;
        return Languages.Label(
            field?.Labels ?? catalogue.IdentifierType(id)?.View.Labels ?? Beside.GetValueOrDefault(id),
            language,
            id
        );
    }

    private static string MaskedMark { get; } = Masks.Shown("");

    private static Dictionary<string, string> Of(string english, string french, string spanish, string arabic) =>
        new()
        {
            ["eng"] = english,
            ["fra"] = french,
            ["spa"] = spanish,
            ["ara"] = arabic,
        };

    public static string Month(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
