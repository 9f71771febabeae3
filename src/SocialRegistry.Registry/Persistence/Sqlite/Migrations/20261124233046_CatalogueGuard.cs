using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CatalogueGuard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "catalogue_version",
                table: "registry_versions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0
            );

            // Values that were checked against a catalogue which no longer stands are refused, also when another process published it
            // a moment ago. A migration that makes this table anew has to make the trigger anew.
            migrationBuilder.Sql(
                """
                create trigger registry_versions_catalogue_guard before insert on registry_versions
                when new.catalogue_version <> (select max(version) from registry_catalogue_versions)
                begin
                    select raise(abort, 'The field catalogue has changed meanwhile.');
                end;
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger registry_versions_catalogue_guard;");
            migrationBuilder.DropColumn(name: "catalogue_version", table: "registry_versions");
        }
    }
}
