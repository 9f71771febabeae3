using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Exchange.Exports;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Exchange.Jobs;
using SocialRegistry.Exchange.Persistence;
using SocialRegistry.Storage;

namespace SocialRegistry.Exchange;

/// <summary>Files in and out: CSV import as jobs that outlive the process, and tables as CSV.</summary>
public static class ExchangeModule
{
    /// <summary>Needs <c>IRegistrants</c>, <c>IRelationships</c>, <c>IAreas</c>, <c>IFieldCatalogue</c> and <c>IRecordProtection</c>.</summary>
    public static IServiceCollection AddExchange(this IServiceCollection services)
    {
        services
            .AddOptions<ExchangeOptions>()
            .BindConfiguration("Exchange")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddModuleDatabase<ExchangeDbContext, PostgresExchangeDbContext, SqliteExchangeDbContext>(
            ExchangeDbContext.Module
        );
        services.AddSingleton<JobKeys>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobRunner>();
        services.AddScoped<CsvImport>();
        services.AddSingleton<RegistrantExport>();
        services.AddHostedService<JobWorker>();
        return services;
    }

    /// <summary>Maps <c>/api/v1/imports</c>, <c>/api/v1/jobs</c> the CSV of <c>/api/v1/relationships</c> and <c>/api/v1/exports</c>.</summary>
    public static void MapExchange(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapImports();
        api.MapJobs();
        api.MapRelationshipTables();
        api.MapRegistrantTables();
    }
}
