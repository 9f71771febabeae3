using SocialRegistry.Contracts.Tests.Ports;
using Xunit;

namespace SocialRegistry.Registry.Tests.Ports;

public sealed class SqliteRegistrantsTests(SqliteHost shared) : RegistrantsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresRegistrantsTests(PostgresHost shared) : RegistrantsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteGroupsTests(SqliteHost shared) : GroupsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresGroupsTests(PostgresHost shared) : GroupsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteAttestationsTests(SqliteHost shared) : AttestationsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresAttestationsTests(PostgresHost shared) : AttestationsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteVersionsTests(SqliteHost shared) : VersionsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresVersionsTests(PostgresHost shared) : VersionsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteFieldCatalogueTests(SqliteHost shared) : FieldCataloguePortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresFieldCatalogueTests(PostgresHost shared)
    : FieldCataloguePortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteAreasTests(SqliteHost shared) : AreasPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteCatalogueChangesTests(SqliteHost shared)
    : CatalogueChangesPortTests,
        IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteRelationshipsTests(SqliteHost shared) : RelationshipsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresAreasTests(PostgresHost shared) : AreasPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresRelationshipsTests(PostgresHost shared)
    : RelationshipsPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteRelationTypesTests(SqliteHost shared) : RelationTypesPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresRelationTypesTests(PostgresHost shared)
    : RelationTypesPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresCatalogueChangesTests(PostgresHost shared)
    : CatalogueChangesPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteIdentifierPoolTests(SqliteHost shared) : IdentifierPoolPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresIdentifierPoolTests(PostgresHost shared)
    : IdentifierPoolPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteDocumentsTests(SqliteHost shared) : DocumentsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresDocumentsTests(PostgresHost shared) : DocumentsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteRowsTests(SqliteHost shared) : RowsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresRowsTests(PostgresHost shared) : RowsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteChangeLogPortTests(SqliteHost shared) : ChangeLogPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.SealedPortsAsync();
}

public sealed class PostgresChangeLogPortTests(PostgresHost shared) : ChangeLogPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.SealedPortsAsync();
}

public sealed class SqliteNamedVersionsTests(SqliteHost shared) : NamedVersionsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresNamedVersionsTests(PostgresHost shared)
    : NamedVersionsPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteChangeRequestsTests(SqliteHost shared) : ChangeRequestsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresChangeRequestsTests(PostgresHost shared)
    : ChangeRequestsPortTests,
        IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteConsentsTests(SqliteHost shared) : ConsentsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresConsentsTests(PostgresHost shared) : ConsentsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqlitePersonalDataTests(SqliteHost shared) : PersonalDataPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresPersonalDataTests(PostgresHost shared) : PersonalDataPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteErasuresTests(SqliteHost shared) : ErasuresPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresErasuresTests(PostgresHost shared) : ErasuresPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteBreakGlassTests(SqliteHost shared) : BreakGlassPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresBreakGlassTests(PostgresHost shared) : BreakGlassPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class SqliteAlertsTests(SqliteHost shared) : AlertsPortTests, IClassFixture<SqliteHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}

public sealed class PostgresAlertsTests(PostgresHost shared) : AlertsPortTests, IClassFixture<PostgresHost>
{
    protected override Task<IPorts> StartAsync() => shared.PortsAsync();
}
