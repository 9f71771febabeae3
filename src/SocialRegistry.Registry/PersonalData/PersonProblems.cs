using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>What can be refused about a person's own reports. Codes are stable.</summary>
internal static class PersonProblems
{
    public static Problem NotForPartners { get; } =
        Problem.Forbidden("persons.not_for_partners", "Who was shown the data does not answer for who was shown them.");

    public static Problem NotWhole { get; } =
        Problem.Forbidden(
            "persons.not_whole",
            "What is handed to a person has to be whole: this caller does not see every field in the clear."
        );

    public static Problem Purpose { get; } =
        Problem.Forbidden("persons.purpose_required", "Say on what ground it is taken out: a purpose is missing.");

    public static Problem NotOfGroups { get; } =
        Problem.Invalid("persons.not_of_groups", "It is for persons; a group has none.");

    public static Problem Invalid(params IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("persons.invalid", "The report cannot be made as it is asked for.", fields);

    public static FieldProblem Language { get; } =
        new("language", "unknown", "Two or three small letters (ISO 639), such as en or ara.");
}

internal static class PersonServices
{
    public static void AddPersonalData(IServiceCollection services)
    {
        services.AddSingleton<ReportDisclosures>();
        services.AddSingleton<ExportPerson>();
        services.AddSingleton<IPersonalData, PersonalDataPort>();
    }
}

/// <summary>The port: each call goes to its action.</summary>
internal sealed class PersonalDataPort(ReportDisclosures report, ExportPerson export) : IPersonalData
{
    public Task<Outcome<DisclosureReport>> ReportAsync(
        RegistrantId registrant,
        DisclosureReportQuery query,
        Caller caller,
        CancellationToken cancellationToken
    ) => report.HandleAsync(registrant, query, caller, cancellationToken);

    public Task<Outcome<Page<string>>> ExportAsync(
        RegistrantId registrant,
        string part,
        string language,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => export.HandleAsync(registrant, part, language, page, caller, cancellationToken);
}
