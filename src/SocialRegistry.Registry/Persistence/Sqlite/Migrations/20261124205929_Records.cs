using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "registry_number_pool",
                columns: table => new
                {
                    type = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "BLOB", nullable: false),
                    slot = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: true),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_number_pool", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_number_pool_free",
                table: "registry_number_pool",
                columns: new[] { "type", "slot" },
                filter: "taken_at is null"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_number_pool");
        }
    }
}
