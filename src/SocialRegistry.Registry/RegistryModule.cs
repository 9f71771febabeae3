using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Alerts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Erasures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Identifiers;
using SocialRegistry.Registry.Import;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Registry.PersonalData;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Relationships;
using SocialRegistry.Registry.Sealing;
using SocialRegistry.Registry.Search;
using SocialRegistry.Registry.Versions;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry;

/// <summary>The core behind the ports.</summary>
public static class RegistryModule
{
    /// <summary>The catalogue that comes with the module: what a registry begins with unless it names a file of its own.</summary>
    public static CatalogueView DefaultCatalogue { get; } = CatalogueFile.Read(path: null);

    /// <summary>
    /// Registers the ports and their tables. Needs the key ring (<c>AddProtection</c>) and a migrated database; touches neither
    /// before the first call.
    /// </summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptions<RegistryOptions>()
            .BindConfiguration("Registry")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RegistryOptions>, CatalogueStands>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<RegistryOptions>>().Value);
        AddStorage(services);
        services.AddFields();
        services.AddSingleton<IdentifierReader>();
        services.AddSingleton<RecordStore>();
        services.AddSingleton<RecordViews>();
        services.AddSingleton<ShowRecords>();
        services.AddAreas();
        services.AddSearch();
        services.AddSingleton<UnitOfWork>();
        DisclosureServices.AddDisclosures(services);
        AlertServices.AddAlerts(services);
        ConsentServices.AddConsents(services);
        ErasureServices.AddErasures(services);
        PersonServices.AddPersonalData(services);
        services.AddVersions();
        services.AddSingleton<Repeats>();
        services.AddSingleton<CreateRegistrant>();
        services.AddSingleton<ReadRegistrants>();
        services.AddSingleton<WriterAnswers>();
        services.AddSingleton<ChangeStatus>();
        services.AddSingleton<ChangeRegistrant>();
        services.AddSingleton<ImportRegistrants>();
        services.AddSingleton<IRegistrants, RegistrantsPort>();
        services.AddGroups();
        services.AddAttestations();
        services.AddRelationships();
        services.AddSealing();
        services.AddChangeRequests();
        IdentifierServices.AddIdentifierPool(services);
        DocumentServices.AddDocuments(services);
        return services;
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddModuleDatabase<RegistryDbContext, PostgresRegistryDbContext, SqliteRegistryDbContext>(
            RegistryDbContext.Module
        );
        services.AddSingleton<WriteGate>();
        services.AddSingleton<IRowLocks>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresRowLocks()
                : new SqliteRowLocks()
        );
        services.AddSingleton<IRecordSave>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresRecordSave()
                : new SqliteRecordSave()
        );
        services.AddSingleton<IDisclosureInsert>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresDisclosureInsert()
                : new SqliteBulkInsert()
        );
        services.AddSingleton<IBulkInsert>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresBulkInsert()
                : new SqliteBulkInsert()
        );
    }

    /// <summary>A faulty catalogue stops the start, not the first person who meets the fault.</summary>
    private sealed class CatalogueStands : IValidateOptions<RegistryOptions>
    {
        public ValidateOptionsResult Validate(string? name, RegistryOptions options)
        {
            try
            {
                _ = new Catalogue(CatalogueFile.Read(options.CatalogueFile));
                return ValidateOptionsResult.Success;
            }
            catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                return ValidateOptionsResult.Fail(e.Message);
            }
        }
    }
}
