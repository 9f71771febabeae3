namespace SocialRegistry.Api.PersonalData;

/// <summary>Words of the pages, in the languages of the default catalogue; English for others.</summary>
internal sealed class PageWords(string language)
{
    private static readonly string[] Known = ["eng", "fra", "spa", "ara"];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["report"] = ["Who saw my data", "Qui a vu mes données", "Quién vio mis datos", "من اطّلع على بياناتي"],
        ["export"] = ["All my data", "Toutes mes données", "Todos mis datos", "جميع بياناتي"],
        ["record"] = ["Record", "Fiche", "Registro", "السجل"],
        ["attestations"] = ["Attestations", "Attestations", "Certificaciones", "التصديقات"],
        ["consents"] = ["Consents", "Consentements", "Consentimientos", "الموافقات"],
        ["documents"] = ["Documents", "Documents", "Documentos", "المستندات"],
        ["requests"] = ["Change requests", "Demandes de modification", "Solicitudes de cambio", "طلبات التغيير"],
        ["versions"] = ["Versions", "Versions", "Versiones", "النسخ"],
        ["changes"] = ["Changes", "Modifications", "Cambios", "التغييرات"],
        ["disclosures"] = ["Who saw it", "Qui les a vues", "Quién los vio", "من اطّلع عليها"],
        ["month"] = ["Month", "Mois", "Mes", "الشهر"],
        ["institution"] = ["Institution", "Institution", "Institución", "المؤسسة"],
        ["reader"] = ["Reader", "Lecteur", "Lector", "القارئ"],
        ["purpose"] = ["Purpose", "Finalité", "Finalidad", "الغرض"],
        ["ground"] = ["Legal ground", "Base légale", "Base legal", "الأساس القانوني"],
        ["fields"] = ["What was shown", "Ce qui a été montré", "Qué se mostró", "ما عُرض"],
        ["count"] = ["Times", "Fois", "Veces", "عدد المرات"],
        ["name"] = ["Name", "Nom", "Nombre", "الاسم"],
        ["value"] = ["Value", "Valeur", "Valor", "القيمة"],
        ["staff"] = ["staff", "personnel", "personal", "موظفون"],
        ["partner"] = ["partner", "partenaire", "socio", "شريك"],
        ["person"] = ["myself", "moi-même", "yo", "أنا"],
        ["system"] = ["the registry", "le registre", "el registro", "السجل"],
        ["glass"] = ["emergency access", "accès d'urgence", "acceso de emergencia", "وصول طارئ"],
        ["masked"] = ["masked", "masqué", "oculto", "محجوب"],
        ["more"] =
        [
            "There are older showings: ask for an earlier period.",
            "Il y a des accès plus anciens : demandez une période antérieure.",
            "Hay accesos más antiguos: pida un período anterior.",
            "توجد اطلاعات أقدم: اطلب فترة سابقة.",
        ],
        ["none"] = ["Nothing.", "Rien.", "Nada.", "لا شيء."],
    };

    private readonly int place = Math.Max(
        0,
        Array.IndexOf(
            Known,
            language switch
            {
                "fr" => "fra",
                "es" => "spa",
                "ar" => "ara",
                _ => language,
            }
        )
    );

    public string this[string word] => Words.TryGetValue(word, out var all) ? all[place] : word;
}
