module.exports = {
    register() {},
    bootstrap() {},
};
